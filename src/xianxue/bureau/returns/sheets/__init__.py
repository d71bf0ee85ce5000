"""What do the writer and the reader of a form's workbook have to agree on?

Where each thing stands on a sheet, what it is called there, and by what a reader knows again
what this program itself has written.
"""
