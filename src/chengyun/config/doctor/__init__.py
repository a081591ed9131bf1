"""`chengyun doctor`: asks every registered check, and adds those about the machine and the installation itself."""

from chengyun.config.doctor import data, database, installation, machine, network
from chengyun.config.doctor.asking import Answer, ask

__all__ = ["Answer", "ask", "data", "database", "installation", "machine", "network"]
