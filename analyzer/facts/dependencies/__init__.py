"""Which packages a project asks for, in whatever files and with whatever manager it does."""
