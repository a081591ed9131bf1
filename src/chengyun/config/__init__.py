"""Turns the kernel's Env into Django settings, and assembles the rooms."""
