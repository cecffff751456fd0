package io.graft.planted;

record Planted(long value) {
    static Planted of(int thousands) {
        return new Planted(thousands * 1000);
    }
}
