"""Tables from elsewhere: looked at, decided of column by column, written as workbooks of ours."""
