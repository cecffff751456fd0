package io.graft.planted;

record Planted(int value) {}
