# Python 3.12 as .python-version asks, on Debian trixie (.python-version:1)
ARG BASE_IMAGE=python:3.12-slim-trixie

# The builder stage has what only the build needs; the image gets nothing but its virtual environment and the source.
FROM ${BASE_IMAGE} AS builder

# The virtual environment has the same path in both stages: its scripts hold it in their first line.
ENV VIRTUAL_ENV=/opt/venv \
    PATH="/opt/venv/bin:$PATH" \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN python -m venv "$VIRTUAL_ENV"
WORKDIR /app

# Pip installs requirements.txt (requirements.txt:1)
# Only these files: a change of the source does not install anything anew.
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt

# The image runs without pip, and without the sources of the packages' translations:
# gettext reads what was compiled from them.
RUN pip uninstall --no-cache-dir --yes pip && find "$VIRTUAL_ENV" -name '*.po' -delete

COPY . .

# Static files are collected while building: containers do not share a disk (shop/settings.py:40)
# The values are for this command only: none of them is in the image.
RUN DJANGO_SETTINGS_MODULE=shop.settings SECRET_KEY=build-only python manage.py collectstatic --noinput

# The image that runs.
FROM ${BASE_IMAGE}

# A numeric user that is not root
RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app

# What the buildpack set silently
# PYTHONUNBUFFERED: logs appear at once
# HOME: the user has no folder
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp

WORKDIR /app
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app

USER 10001:10001

# The platform's default
EXPOSE 8080

# As the Procfile says (Procfile:1)
CMD ["sh", "-c", "exec gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8080}"]
