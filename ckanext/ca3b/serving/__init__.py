"""Published tables served: DataStore, table view, exports, data dictionary and API page."""
