"""Who is there: signing in, sessions, tokens, and the actor that somebody acts as.

``gate`` holds the rules people come in by, ``signing_in`` lets them in, ``sessions`` knows them
again, ``tokens`` does so for programs, ``people`` lists who is appointed to what. What changes an
account is a deed and stands in ``desk/actions/accounts``.
"""
