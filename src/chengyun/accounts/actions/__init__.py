"""Every change that the room can make."""
