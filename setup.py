"""The one thing pyproject.toml cannot say: `std/` goes into the wheel as the data of a package `qz.std`."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["qz*", "dialects*", "lowering*"]), "qz.std"],
    package_dir={"qz.std": "std"},
    package_data={
        "qz.std": ["**/*.qz"],
        "qz.diagnostics": ["pages/*.md"],
        "qz.driver": ["side_by_side/page.html", "documentation/page.html"],
    },
)
