"""What a synthetic town measures itself by: the library of indicators, and the registers that its offices keep."""

from chengyun.demo.ruler.fill import fill_registers

__all__ = ["fill_registers"]
