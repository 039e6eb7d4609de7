from shop.defaults import *
