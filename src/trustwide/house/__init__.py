"""The Django project: settings, addresses, headers and the command line. It knows every room; no room knows it."""
