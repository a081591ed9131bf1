"""What the room itself offers to be measured: its registers."""

from chengyun.indicators.registers.measuring import offer_registers

offer_registers()
