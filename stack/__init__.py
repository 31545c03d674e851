"""The services of the portal on one machine: PostgreSQL, Redis, Solr, workers and web servers under supervisor."""
