"""The entry of both sites for a web server; the settings say which site it is."""

from django.core.wsgi import get_wsgi_application

from himaya.web.limits import Limits

application = Limits(get_wsgi_application())
