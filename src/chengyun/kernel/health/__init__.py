"""How the installation is: health, metrics, logs."""
