"""The pages of the reference, each made from the cards or from the program itself."""
