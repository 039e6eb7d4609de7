"""What Python would make anew at each start of the program, kept beside the code.

A small scan takes less time than finding and opening some 400 modules one by one and compiling 200 patterns. So the
code of all modules is kept in one file, and the programs of patterns in another, in `__pycache__` of the package: by
the same rules as Python's own compiled modules, and as long as they are those of the sources. `python -m
analyzer.precompile` makes both, and the tables' compiled forms; else the first command that may write there does.
"""
