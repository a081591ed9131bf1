"""From files to shapes: OpenStreetMap, vector files, tables. Free of Django."""
