"""学校: the register, the schematic map, one page a school, and what happens to schools."""
