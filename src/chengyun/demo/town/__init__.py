"""The synthetic town: geography made from a seed alone, with numpy and shapely, free of Django."""
