# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The forum: read, search, ask, reply. Everybody who is registered reads and writes."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from connect_center.delivery.models import Product
from connect_center.support.forms import ReplyForm, TopicForm
from connect_center.support.models import Topic
from connect_center.support.views.service_requests import signed_in

_TOPICS_PER_PAGE = 25


@login_required
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """/community/?product=&q=&page=: topics, the latest activity first."""
    words, product = (request.GET.get(name, "").replace("\0", "").strip() for name in ("q", "product"))
    found = Topic.objects.with_words(words).select_related("product", "author")
    if product:
        found = found.filter(product__code=product)
    numbered = found.annotate(reply_count=Count("replies", distinct=True)).order_by("-active_at", "-pk")
    page = Paginator(numbered, _TOPICS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "chosen": product, "products": Product.objects.all()}
    return render(request, "support/topics.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """/community/new/?product=: a new topic."""
    form = TopicForm(request.POST or None, initial={"product": request.GET.get("product", "")})
    if request.method == "POST" and form.is_valid():
        topic = form.save(commit=False)
        topic.author = signed_in(request)
        topic.save()
        return redirect("topic", number=topic.pk)
    return render(request, "support/ask.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, number: int) -> HttpResponse:
    """A topic with its replies, and the form for one more."""
    found = get_object_or_404(Topic.objects.select_related("product", "author"), pk=number)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reply = form.save(commit=False)
        reply.topic, reply.author = found, signed_in(request)
        reply.save()
        Topic.objects.filter(pk=found.pk).update(active_at=timezone.now())
        return redirect("topic", number=found.pk)
    context = {"topic": found, "replies": found.replies.select_related("author"), "form": form}
    return render(request, "support/topic.html", context)
