"""Addresses of reports on the officers' site."""

from django.urls import path

from himaya.reporting.desk import answer_views as answers
from himaya.reporting.desk import closing_views as closing
from himaya.reporting.desk import filing_views as filing
from himaya.reporting.desk import held_views as held
from himaya.reporting.desk import informant_views as informants
from himaya.reporting.desk import picture_views as pictures
from himaya.reporting.desk import recusing_views as recusing
from himaya.reporting.desk import together_views as together
from himaya.reporting.desk import views

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("informants/", informants.index, name="informants"),
    path("informants/<uuid:informant_id>/", informants.show, name="informant"),
    path("informants/<uuid:informant_id>/ask", informants.ask, name="ask_informant"),
    path("informants/<uuid:informant_id>/agree", informants.lend, name="lend_informant"),
    path("informants/<uuid:informant_id>/refuse", informants.refuse, name="refuse_informant"),
    path("informants/<uuid:informant_id>/read", informants.read, name="read_informant"),
    path("held/<uuid:held_id>/", held.show, name="held"),
    path("held/<uuid:held_id>/words", held.read, name="read_held"),
    path("held/<uuid:held_id>/send", held.send, name="send_held"),
    path("held/<uuid:held_id>/refuse", held.refuse, name="refuse_held"),
    path("<uuid:report_id>/", views.show, name="show"),
    path("<uuid:report_id>/together", together.show, name="together"),
    path("<uuid:report_id>/together/join", together.join, name="join"),
    path("<uuid:report_id>/together/alike", together.join_alike, name="join_alike"),
    path("<uuid:report_id>/together/part", together.part, name="part"),
    path("<uuid:report_id>/together/part-all", together.part_all, name="part_all"),
    path("<uuid:report_id>/handing-on", recusing.show, name="recusing"),
    path("<uuid:report_id>/handing-on/now", recusing.hand_on, name="hand_on"),
    path("<uuid:report_id>/closing", closing.show, name="closing"),
    path("<uuid:report_id>/closing/ask", closing.ask, name="ask_closing"),
    path("<uuid:report_id>/closing/agree", closing.agree, name="close"),
    path("<uuid:report_id>/closing/refuse", closing.refuse, name="keep_open"),
    path("<uuid:report_id>/closing/reopen", closing.reopen, name="reopen"),
    path("<uuid:report_id>/filing", filing.show, name="filing"),
    path("<uuid:report_id>/filing.txt", filing.download, name="filing_file"),
    path("<uuid:report_id>/reply", answers.reply, name="reply"),
    path("<uuid:report_id>/hold", answers.hold, name="hold"),
    path("<uuid:report_id>/informant", informants.write, name="write_informant"),
    path("<uuid:report_id>/words", views.open_words, name="words"),
    path("<uuid:report_id>/files/<uuid:file_id>", views.download, name="download"),
    path("<uuid:report_id>/files/<uuid:file_id>/picture", pictures.picture, name="picture"),
    path("<uuid:report_id>/rating", views.rate, name="rate"),
    path("<uuid:report_id>/answer", answers.answer, name="answer"),
]
