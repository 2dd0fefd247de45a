"""The load test of the specification: lists of students and sessions, and photos to mark, 3 : 2 : 1.

Told by the environment: ROLLCALL_TOKENS (one per user), ROLLCALL_SESSION, ROLLCALL_PHOTO.
"""

import itertools
import os

from locust import HttpUser, between, task


TOKENS = itertools.cycle(os.environ["ROLLCALL_TOKENS"].split(","))


class AttendanceUser(HttpUser):
    wait_time = between(1, 3)

    def on_start(self):
        self.client.headers["Authorization"] = "Bearer " + next(TOKENS)
        with open(os.environ["ROLLCALL_PHOTO"], "rb") as photo:
            self.photo = photo.read()

    @task(3)
    def list_students(self):
        self.client.get("/api/students/")

    @task(2)
    def view_sessions(self):
        self.client.get("/api/attendance/sessions/")

    @task(1)
    def mark_attendance(self):
        self.client.post(
            "/api/attendance/mark/",
            data={"session": os.environ["ROLLCALL_SESSION"]},
            files={"image": ("photo.jpg", self.photo, "image/jpeg")},
        )
