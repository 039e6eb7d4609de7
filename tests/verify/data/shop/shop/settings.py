import os

SECRET_KEY = "only-for-a-test"
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")
INSTALLED_APPS = ["django.contrib.staticfiles", "goods"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

STATIC_URL = "/static/"
AWS_S3_ENDPOINT_URL = os.environ.get("SPACES_ENDPOINT") or None
AWS_STORAGE_BUCKET_NAME = os.environ["SPACES_BUCKET"]
AWS_S3_REGION_NAME = "fra1"
AWS_S3_ADDRESSING_STYLE = "virtual"
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"location": "media"}},
    "staticfiles": {"BACKEND": "storages.backends.s3.S3ManifestStaticStorage", "OPTIONS": {"location": "static"}},
}
