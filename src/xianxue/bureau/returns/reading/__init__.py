"""What did the school report? From an opened file to one return, whatever was moved in it."""
