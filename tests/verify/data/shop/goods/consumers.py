from channels.generic.websocket import WebsocketConsumer


class Counter(WebsocketConsumer):
    def connect(self):
        self.accept()


class Shelf(WebsocketConsumer):
    def connect(self):
        raise LookupError(self.scope["url_route"]["kwargs"]["shelf"])
