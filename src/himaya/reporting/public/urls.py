"""Addresses of the reporters' site. They say nothing of what they are for."""

from django.urls import path

from himaya.reporting.public import reply, send, steps

urlpatterns = [
    path("", steps.first, name="first"),
    path("0", steps.step, {"number": 0}, name="begin"),
    path("1", steps.step, {"number": 1}),
    path("2", steps.step, {"number": 2}),
    path("3", steps.step, {"number": 3}),
    path("4", send.send),
    path("5", reply.look, name="look"),
    path("6", reply.read),
    path("7", reply.put_aside),
    path("8", reply.write),
    path("9", steps.now, name="now"),
    path("10", reply.second),
    path("11", steps.card, name="card"),
    path("12", reply.filed),
]
