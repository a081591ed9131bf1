"""Where things are: areas, facilities, buildings, population, addresses, streets, and their import."""
