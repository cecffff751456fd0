package io.graft.engine.metrics.representation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function from its gradient in limited memory (Nocedal and Wright 2006, algorithm 7.5; 10 pairs,
 * backtracking to the condition of Armijo, pairs without curvature dropped).
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final int MAX_STEPS = 1000;
    private static final int MAX_HALVINGS = 40;
    private static final double GRADIENT_TOLERANCE = 1e-8;
    private static final double SUFFICIENT = 1e-4;

    private Lbfgs() {}

    interface Objective {
        /** The value; fills the gradient. */
        double valueAndGradient(double[] point, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double curvature) {}

    static double[] minimise(Objective objective, double[] start) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = objective.valueAndGradient(point, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        boolean moved = true;
        for (int i = 0; i < MAX_STEPS && moved && largest(gradient) > GRADIENT_TOLERANCE; i++) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[point.length];
            double[] nextGradient = new double[point.length];
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            while (!(nextValue <= value + SUFFICIENT * length * slope) && halvings < MAX_HALVINGS) {
                length = halvings == 0 ? length : length / 2;
                for (int j = 0; j < next.length; j++) {
                    next[j] = point[j] + length * direction[j];
                }
                nextValue = objective.valueAndGradient(next, nextGradient);
                halvings++;
            }
            moved = nextValue < value;
            if (moved) {
                remember(pairs, difference(next, point), difference(nextGradient, gradient));
                point = next;
                gradient = nextGradient;
                value = nextValue;
            }
        }
        return point;
    }

    private static void remember(Deque<Pair> pairs, double[] step, double[] change) {
        double curvature = dot(step, change);
        if (curvature > 0) {
            pairs.addLast(new Pair(step, change, curvature));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }

    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] q = Arrays.stream(gradient).map(g -> -g).toArray();
        double[] shares = new double[pairs.size()];
        int k = pairs.size();
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            k--;
            shares[k] = dot(pair.step, q) / pair.curvature;
            add(q, -shares[k], pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double scale = last.curvature / dot(last.change, last.change);
            Arrays.setAll(q, i -> q[i] * scale);
        }
        for (Pair pair : pairs) {
            add(q, shares[k] - dot(pair.change, q) / pair.curvature, pair.step);
            k++;
        }
        return q;
    }

    private static void add(double[] target, double factor, double[] source) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] result = new double[a.length];
        Arrays.setAll(result, i -> a[i] - b[i]);
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
