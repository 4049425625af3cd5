from django.urls import path

from staff_portal.demo import views

urlpatterns = [path("sign-in/", views.sign_in, name="demo_sign_in")]
