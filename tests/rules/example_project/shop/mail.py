from django.core.mail import send_mail


def confirm(order):
    send_mail("Your order", f"Number {order}", None, ["buyer@example.org"])
