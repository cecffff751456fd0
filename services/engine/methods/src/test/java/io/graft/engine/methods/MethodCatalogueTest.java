package io.graft.engine.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.parametrization.ParametrizationMethod;
import io.graft.engine.methods.peft.AdapterMethod;
import io.graft.engine.methods.peft.CombinationMethod;
import io.graft.engine.methods.schedule.ScheduleMethod;
import io.graft.engine.methods.stopping.StoppingMethod;
import io.graft.engine.pruning.PruningMethod;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.ParamDescriptor;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method keeps the catalogue's rules, and what is written from it is current. */
class MethodCatalogueTest {
    private static final Map<MethodKind, Class<? extends DescribedMethod<?>>> KINDS = kinds();
    private static final Path REPOSITORY = Path.of("../../..");

    @SuppressWarnings("unchecked") // a raw class literal is all there is of a generic interface
    private static Map<MethodKind, Class<? extends DescribedMethod<?>>> kinds() {
        Map<MethodKind, Class<?>> kinds = new LinkedHashMap<>();
        kinds.put(MethodKind.OPTIMIZER, OptimizerMethod.class);
        kinds.put(MethodKind.SCHEDULE, ScheduleMethod.class);
        kinds.put(MethodKind.PARAMETRIZATION, ParametrizationMethod.class);
        kinds.put(MethodKind.ADAPTER, AdapterMethod.class);
        kinds.put(MethodKind.COMBINATION, CombinationMethod.class);
        kinds.put(MethodKind.OBJECTIVE, ObjectiveMethod.class);
        kinds.put(MethodKind.STOPPING, StoppingMethod.class);
        return (Map<MethodKind, Class<? extends DescribedMethod<?>>>) (Map<?, ?>) kinds;
    }

    private static List<DescribedMethod<?>> methods() {
        return KINDS.values().stream()
                .<DescribedMethod<?>>flatMap(kind -> EngineMethods.all(kind).stream())
                .toList();
    }

    private static MethodCatalog catalog() {
        return new MethodCatalog(Stream.concat(
                        methods().stream().map(DescribedMethod::descriptor),
                        PruningMethod.all().stream().map(PruningMethod::descriptor))
                .sorted(Comparator.comparing(MethodDescriptor::kind).thenComparing(MethodDescriptor::name))
                .toList());
    }

    @Test
    void everyMethodIsOfItsKindAndFinal() {
        KINDS.forEach((kind, type) -> assertThat(EngineMethods.all(type))
                .isNotEmpty()
                .allSatisfy(method -> {
                    assertThat(method.descriptor().kind()).isEqualTo(kind);
                    assertThat(Modifier.isFinal(method.getClass().getModifiers()))
                            .isTrue();
                }));
    }

    @Test
    void namesAreUniqueWithinAKind() {
        assertThat(catalog().methods().stream().map(method -> method.kind() + " " + method.name()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyMethodCitesItsSourceAndDocumentsItsParameters() {
        Pattern wireName = Pattern.compile("[a-z][a-z0-9_]*");
        assertThat(catalog().methods()).allSatisfy(method -> {
            assertThat(method.name()).matches(wireName);
            assertThat(method.title()).isNotBlank();
            assertThat(method.paper())
                    .as("%s names a paper, or the program and its version", method.name())
                    .containsPattern("arXiv \\d{4}\\.\\d{4,5}|(19|20)\\d\\d|(torch|transformers|peft) \\d");
            assertThat(method.summary()).endsWith(".");
            assertThat(method.params()).allSatisfy(param -> {
                assertThat(param.name()).matches(wireName);
                assertThat(param.doc()).hasSizeGreaterThan(8);
                assertThat(names(method)).contains(param.name());
            });
        });
    }

    private static List<String> names(MethodDescriptor method) {
        return method.params().stream().map(ParamDescriptor::name).toList();
    }

    @Test
    void defaultsAreAllowedValues() {
        for (MethodDescriptor method : catalog().methods()) {
            Map<String, Object> required = new LinkedHashMap<>();
            for (ParamDescriptor param : method.params()) {
                if (param.required()) {
                    double least = Math.max(param.range().min(), 1e-3);
                    required.put(param.name(), Double.isFinite(least) ? Math.max(1, least) : "text");
                }
            }
            assertThat(method.effective(required).keySet()).as(method.name()).containsAll(required.keySet());
        }
    }

    @Test
    void everyAnnotatedClassIsListed() throws IOException {
        List<Class<?>> listed =
                methods().stream().<Class<?>>map(Object::getClass).toList();
        try (Stream<Path> classes = Files.walk(Path.of("target/classes/io"))) {
            List<Path> files =
                    classes.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : files) {
                String name =
                        Path.of("target/classes").relativize(file).toString().replace('/', '.');
                Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                if (type.isAnnotationPresent(Method.class)) {
                    assertThat(listed).as("META-INF/services lists %s", type).contains(type);
                }
            }
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, MethodCatalogueTest.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Test
    void theServicesCatalogueIsCurrent() throws IOException {
        check(
                "services/platform/methods/src/main/resources/" + MethodCatalog.RESOURCE,
                catalog().json());
    }

    @Test
    void theReferencePageIsCurrent() throws IOException {
        check("docs/methods.md", MethodsPage.of(catalog()));
    }

    private static void check(String name, String expected) throws IOException {
        Path file = REPOSITORY.resolve(name);
        if (Boolean.getBoolean("graft.reference.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as(
                        "%s is written from the code: run mvn -pl services/engine/methods -am test"
                                + " -Dtest=MethodCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.reference.write=true",
                        name)
                .content()
                .isEqualTo(expected);
    }
}
