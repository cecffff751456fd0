package io.graft.engine.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.metrics.calibration.Reliability;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.gate.EvaluationRun;
import io.graft.engine.metrics.gate.Gate;
import io.graft.engine.metrics.gate.GateQuestion;
import io.graft.engine.metrics.gate.GateRule;
import io.graft.engine.metrics.gate.RunPair;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

final class HtmlReportTest {
    private static final String EVIL = "<script>alert('x')</script> & \"quotes\"\u0007";

    @Test
    void pageIsWellFormedWithEverySectionDrawn() throws Exception {
        Document page = parse(HtmlReport.of(report()));
        assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(6);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(page.getElementsByTagName("circle").getLength())
                .as("two ranges, one gain")
                .isEqualTo(3);
        assertThat(page.getElementsByTagName("rect").getLength())
                .as("bins and bars")
                .isEqualTo(3 + 3);
        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(3);
    }

    @Test
    void linesAreDrawnFromLeftToRightAndFromBottomToTop() throws Exception {
        ReportSection.Lines lines = new ReportSection.Lines(
                "Loss over rate",
                "rate",
                "loss",
                true,
                List.of(
                        new ReportSection.Lines.Line(
                                EVIL,
                                List.of(
                                        new ReportSection.Lines.Point(0.01, 1),
                                        new ReportSection.Lines.Point(0.1, 3),
                                        new ReportSection.Lines.Point(1, 2),
                                        new ReportSection.Lines.Point(0, 2),
                                        new ReportSection.Lines.Point(0.5, Double.NaN))),
                        new ReportSection.Lines.Line("empty", List.of())));

        String page = HtmlReport.of(new Report("Lines", List.of(), List.of(lines)));

        Document document = parse(page);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .as("a tenth lies in the middle of a logarithmic axis")
                .isEqualTo("80.0,272.0 400.0,12.0 720.0,142.0");
        assertThat(page).doesNotContain("<script").contains("0.01", "rate", "loss");
    }

    @Test
    void textIsEscapedAndNothingIsLoadedOrRun() throws Exception {
        String page = HtmlReport.of(report());
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("javascript:")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("src=")
                .doesNotContain("href")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;\uFFFD")
                .contains("default-src 'none'")
                .contains("prefers-color-scheme: dark");
        assertThat(parse(page).getElementsByTagName("h1").item(0).getTextContent())
                .startsWith("Evaluation <script>");
    }

    @Test
    void decisionShowsVerdictAndEvidence() {
        assertThat(HtmlReport.of(report()))
                .contains("<p class=\"verdict pass\">PASS</p>")
                .contains("<td>40 / 0</td>")
                .contains("min_effect");
    }

    @Test
    void longListsAreCutAndSaySo() {
        List<ReportSection.Bars.Bar> bars = IntStream.range(0, 130)
                .mapToObj(i -> new ReportSection.Bars.Bar("class " + i, i, i % 2 == 0))
                .toList();
        assertThat(HtmlReport.of(new Report("r", List.of(), List.of(new ReportSection.Bars("b", bars, "pruned")))))
                .contains("pruned: 65 of 130")
                .contains("30 more are not drawn")
                .doesNotContain("class 100");
    }

    @Test
    void emptyAndUndefinedValuesAreDrawn() throws Exception {
        parse(HtmlReport.of(new Report(
                "r",
                List.of(),
                List.of(
                        new ReportSection.Bars("none", List.of(), ""),
                        new ReportSection.Intervals("none", List.of(), Double.NaN),
                        new ReportSection.Intervals(
                                "undefined",
                                List.of(new ReportSection.Intervals.Range(
                                        "x", Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)),
                                0),
                        new ReportSection.Bars(
                                "undefined", List.of(new ReportSection.Bars.Bar("x", Double.NaN, false)), "")))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.25, 0.25",
        "-1, -1",
        "100, 100",
        "12345.67891, 12345.6789",
        "0.00001, 1.000e-05",
        "NaN, –",
        "-Infinity, −∞"
    })
    void numbers(double value, String text) {
        assertThat(Markup.number(value)).isEqualTo(text);
    }

    private static Report report() {
        double[] confidences = {0.95, 0.9, 0.85, 0.6, 0.55, 0.3};
        boolean[] correct = {true, true, false, true, true, true};
        return new Report(
                "Evaluation " + EVIL,
                List.of(new Report.Fact("model", EVIL), new Report.Fact("data", "sha256:1")),
                List.of(
                        new ReportSection.Note("About", EVIL),
                        new ReportSection.Table(EVIL, List.of(EVIL), List.of(List.of(EVIL))),
                        new ReportSection.Intervals(
                                "Scores",
                                List.of(
                                        new ReportSection.Intervals.Range(EVIL, 0.5, 0.4, 0.6),
                                        new ReportSection.Intervals.Range("f1", 0.7, 0.65, 0.8)),
                                Double.NaN),
                        new ReportSection.ReliabilityDiagram(
                                "Calibration",
                                Reliability.equalWidth(confidences, correct, 3).bins()),
                        new ReportSection.Bars(
                                "Classes",
                                List.of(
                                        new ReportSection.Bars.Bar(EVIL, 0.5, false),
                                        new ReportSection.Bars.Bar("dog", 0.9, true),
                                        new ReportSection.Bars.Bar("a class with quite a long name indeed", -1, true)),
                                "pruned"),
                        new ReportSection.Decision(
                                "Gate", Gate.DEFAULT.decide(GateRule.anyGain("accuracy"), question()))));
    }

    private static GateQuestion question() {
        double[] candidate = new double[100];
        double[] baseline = new double[100];
        for (int i = 0; i < 80; i++) {
            candidate[i] = 1;
            baseline[i] = i < 40 ? 1 : 0;
        }
        return GateQuestion.of(new RunPair("target", run("new", candidate), run("old", baseline)));
    }

    private static EvaluationRun run(String model, double[] scores) {
        return new EvaluationRun(
                model, "accuracy", Direction.HIGHER_IS_BETTER, "sha256:1", "1", ExampleScores.of(scores));
    }

    /** HTML's void tags closed, the page must be XML. */
    private static Document parse(String page) throws ParserConfigurationException, SAXException, IOException {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
