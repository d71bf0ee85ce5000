"""What do the returns at hand already say, under another register, on another form or day?"""
