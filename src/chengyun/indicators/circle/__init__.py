"""The life circle: what people reach on foot in 5, 10 and 15 minutes, what they lack, and what would change that."""
