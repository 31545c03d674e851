"""The plugin ``ca3b_rgpd``: no file is public before its scan is clear or the DPO signed a reason."""
