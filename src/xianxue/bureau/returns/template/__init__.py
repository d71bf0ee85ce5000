"""What is handed to a school? The workbook of a form for one place, with what is known already."""
