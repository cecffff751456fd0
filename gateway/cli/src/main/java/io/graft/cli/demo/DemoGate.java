package io.graft.cli.demo;

import com.google.gson.JsonObject;
import io.graft.cli.job.GateText;
import io.graft.v1.GateRule;
import io.graft.v1.GateVerdict;

/**
 * What a gate said of one of the demonstration's models against another.
 *
 * @param candidate key of the model that was to be promoted
 * @param baseline key of the model that it was compared with
 */
record DemoGate(String candidate, String baseline, GateVerdict verdict) {
    JsonObject json() {
        JsonObject interval = new JsonObject();
        interval.addProperty("low", verdict.getInterval().getLow());
        interval.addProperty("high", verdict.getInterval().getHigh());
        interval.addProperty("level", verdict.getInterval().getLevel());
        JsonObject json = new JsonObject();
        json.addProperty("decision", GateText.decision(verdict.getDecision()));
        json.addProperty("metric", verdict.getMetric());
        json.addProperty("candidate", verdict.getCandidate());
        json.addProperty("baseline", verdict.getBaseline());
        json.addProperty("difference", verdict.getDifference());
        json.add("interval", interval);
        json.add("rule", rule());
        return json;
    }

    private JsonObject rule() {
        GateRule rule = verdict.getRule();
        JsonObject json = new JsonObject();
        json.addProperty("candidate", candidate);
        json.addProperty("baseline", baseline);
        if (rule.hasMaxRegression()) {
            json.addProperty("maxRegression", rule.getMaxRegression());
        }
        if (rule.hasMinEffect()) {
            json.addProperty("minEffect", rule.getMinEffect());
        }
        json.addProperty("alpha", rule.getAlpha());
        return json;
    }
}
