package coppice.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The laws of the layers, by name. `root` is the root package: `coppice` for the product, another for the
/// sinners that show that each rule can fail.
record Rules(String root) {
    /// The kernel's packages from the ground up: each may use those before it and none after it.
    static final List<String> KERNEL =
            List.of("bytes", "platform", "journal", "store", "tree", "history", "exchange", "proof");

    /// The engine's rooms, likewise; above them all are the faces and the wiring, in the engine's own package.
    static final List<String> ENGINE = List.of(
            "delta",
            "meter",
            "flight",
            "log",
            "state",
            "past",
            "projection",
            "terms",
            "storage",
            "query",
            "live",
            "typing",
            "recovery",
            "reading",
            "upkeep",
            "views",
            "waiting",
            "version",
            "arrival",
            "lock",
            "channel",
            "transaction",
            "merge",
            "refs",
            "feed",
            "edit",
            "history",
            "exchange",
            "check",
            "repair");

    /// What structures are made of, likewise.
    static final List<String> STRUCTURE = List.of(
            "codec",
            "dump",
            "secret",
            "ground",
            "search",
            "blob",
            "graph",
            "collection",
            "cache",
            "channel",
            "counter",
            "dict",
            "log",
            "queue",
            "register",
            "set",
            "sequence",
            "sketch");

    private static final String BANNED_NAMES = "Utils?|Helpers?|Managers?|Common|Misc|Base|Impl";

    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("layers point down", layers());
        rules.put("kernel packages point down", pointDown("kernel", KERNEL));
        rules.put("kernel classes live in a known package", knownPackages("kernel", "kernel", KERNEL));
        rules.put("engine rooms point down", pointDown("engine", ENGINE));
        rules.put("engine classes live in a known room", knownPackages("engine", "engine.*", ENGINE));
        rules.put("engine rooms do not know the faces above them", faces());
        rules.put(
                "packages form no cycle",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put("the product does not use its tests", noTesting());
        rules.putAll(foundations());
        rules.put("structures point down", pointDown("structure", STRUCTURE));
        rules.put("the kernel meets the outside only in its platform", kernelSeam());
        rules.put("the kernel reads no clock", kernelClock());
        rules.put("names say what a thing is", names());
        rules.put("no get and no set prefix", accessors());
        rules.put("no logging framework", noLogging());
        rules.put("only the command line talks to the console", consoles());
        return rules;
    }

    /// What modules may use.
    private Map<String, ArchRule> foundations() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("the API stands on the JDK alone", onlyUses("api", root + ".api.."));
        rules.put(
                "what makes twins stands on the compiler alone",
                onlyUses(
                        "async",
                        root + ".async..",
                        "javax.annotation.processing..",
                        "javax.lang.model..",
                        "javax.tools..",
                        "com.sun.source.."));
        rules.put(
                "the kernel stands on the JDK and zstd", onlyUses("kernel", root + ".kernel..", "com.github.luben.."));
        rules.put("JSON stands on the JDK and Jackson", onlyUses("json", root + ".json..", "tools.jackson.core.."));
        rules.put(
                "expressions stand on the JDK and JSON",
                onlyUses("expression", root + ".expression..", root + ".json.."));
        rules.put(
                "types stand on the API, JSON, expressions and a validator of JSON Schema",
                onlyUses(
                        "schema",
                        root + ".schema..",
                        root + ".api..",
                        root + ".json..",
                        root + ".expression..",
                        "dev.harrel.jsonschema.."));
        rules.put(
                "projections stand on the API, JSON and expressions",
                onlyUses(
                        "projection",
                        root + ".projection..",
                        root + ".api..",
                        root + ".json..",
                        root + ".expression.."));
        rules.put(
                "vectors stand on the API and the Vector API",
                onlyUses("vector", root + ".vector..", root + ".api..", "jdk.incubator.vector.."));
        rules.putAll(structures());
        return rules;
    }

    private Map<String, ArchRule> structures() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "structures stand on the API, JSON, vectors, Jackson, Caffeine, hash4j and Bouncy Castle",
                onlyUses(
                        "structure",
                        root + ".structure..",
                        root + ".api..",
                        root + ".json..",
                        root + ".vector..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "com.github.benmanes.caffeine..",
                        "com.dynatrace.hash4j..",
                        "org.bouncycastle.crypto..",
                        "javax.crypto.."));
        rules.put(
                "search stands on the API, JSON, vectors, structures and Lucene",
                onlyUses(
                        "search",
                        root + ".search..",
                        root + ".api..",
                        root + ".vector..",
                        root + ".json..",
                        root + ".structure..",
                        "org.apache.lucene.."));
        return rules;
    }

    private String in(String layer) {
        return root + '.' + layer + "..";
    }

    private DescribedPredicate<JavaClass> product() {
        return resideInAPackage(root + "..").and(not(resideInAPackage(in("testing"))));
    }

    private ArchRule layers() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("app")
                .definedBy(in("cli"))
                .layer("engine")
                .definedBy(in("engine"))
                .layer("kernel")
                .definedBy(in("kernel"))
                .layer("schema")
                .definedBy(in("schema"))
                .layer("projection")
                .definedBy(in("projection"))
                .layer("vector")
                .definedBy(in("vector"))
                .layer("structure")
                .definedBy(in("structure"))
                .layer("search")
                .definedBy(in("search"))
                .layer("expression")
                .definedBy(in("expression"))
                .layer("json")
                .definedBy(in("json"))
                .layer("api")
                .definedBy(in("api"))
                .layer("async")
                .definedBy(in("async"))
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("engine", "app")
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers("engine", "app")
                .whereLayer("projection")
                .mayOnlyBeAccessedByLayers("engine", "app")
                .whereLayer("vector")
                .mayOnlyBeAccessedByLayers("structure", "search")
                .whereLayer("structure")
                .mayOnlyBeAccessedByLayers("search", "engine", "app")
                .whereLayer("search")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("expression")
                .mayOnlyBeAccessedByLayers("schema", "projection", "engine", "app")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("expression", "schema", "projection", "structure", "search", "engine", "app")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("schema", "projection", "vector", "structure", "search", "engine", "app")
                .whereLayer("async")
                .mayNotBeAccessedByAnyLayer();
    }

    /// @param packages of a module, from the ground up
    private ArchRule pointDown(String module, List<String> packages) {
        var architecture =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : packages) {
            architecture = architecture.layer(name).definedBy(in(module + '.' + name));
        }
        for (String name : packages) {
            String[] above = packages.subList(packages.indexOf(name) + 1, packages.size())
                    .toArray(String[]::new);
            architecture = above.length == 0
                    ? architecture.whereLayer(name).mayNotBeAccessedByAnyLayer()
                    : architecture.whereLayer(name).mayOnlyBeAccessedByLayers(above);
        }
        return architecture;
    }

    private ArchRule knownPackages(String module, String where, List<String> packages) {
        String[] known = packages.stream().map(name -> in(module + '.' + name)).toArray(String[]::new);
        return classes().that().resideInAPackage(in(where)).should().resideInAnyPackage(known);
    }

    private ArchRule faces() {
        return noClasses()
                .that()
                .resideInAPackage(in("engine.*"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".engine");
    }

    private ArchRule noTesting() {
        return noClasses().that(are(product())).should().dependOnClassesThat().resideInAPackage(in("testing"));
    }

    private ArchRule onlyUses(String layer, String... libraries) {
        return classes()
                .that()
                .resideInAPackage(in(layer))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(libraries).or(resideInAnyPackage("java..", "org.jspecify..")));
    }

    private ArchRule kernelSeam() {
        DescribedPredicate<JavaClass> outside = new DescribedPredicate<>("threads, random numbers, files or clocks") {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getName();
                return name.matches("java\\.lang\\.(Thread|Process|ProcessHandle|ProcessBuilder)([.$].*)?")
                        || name.matches("java\\.util\\.(Random|SplittableRandom|Timer|random\\..*)")
                        || name.matches("java\\.security\\.SecureRandom")
                        || name.matches("java\\.util\\.concurrent\\.(Executors|ThreadLocalRandom|ForkJoinPool"
                                + "|ThreadPoolExecutor|CompletableFuture)")
                        || name.matches("java\\.nio\\.(file|channels)\\..*")
                        || name.matches("java\\.io\\.(File.*|RandomAccessFile)")
                        || name.matches("java\\.(net|time)\\..*");
            }
        };
        return noClasses().that(are(kernelOutsidePlatform())).should().dependOnClassesThat(outside);
    }

    private ArchRule kernelClock() {
        return noClasses()
                .that(are(kernelOutsidePlatform()))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "getenv", String.class);
    }

    private DescribedPredicate<JavaClass> kernelOutsidePlatform() {
        return resideInAPackage(in("kernel")).and(not(resideInAPackage(in("kernel.platform"))));
    }

    private ArchRule names() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*(" + BANNED_NAMES + ")(?![a-z]).*")
                .orShould()
                .haveNameMatching(".*\\.(utils?|helpers?|common|misc|base|impl)\\..*");
    }

    private ArchRule accessors() {
        return methods().that().areDeclaredInClassesThat(are(product())).should(haveNoBeanName());
    }

    private ArchCondition<JavaMethod> haveNoBeanName() {
        return new ArchCondition<>("have no get or set prefix, unless somebody else's interface wants it") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass owner = method.getOwner();
                boolean wanted = owner.getAllRawSuperclasses().stream().anyMatch(type -> declares(type, method))
                        || owner.getAllRawInterfaces().stream().anyMatch(type -> declares(type, method));
                int parameters = method.getRawParameterTypes().size();
                boolean bean =
                        method.getName().matches(parameters == 0 ? "get[A-Z].*" : "set[A-Z].*") && parameters < 2;
                if (bean && !wanted) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is a bean accessor"));
                }
            }

            private boolean declares(JavaClass type, JavaMethod method) {
                return !type.getPackageName().startsWith(root)
                        && type.getMethods().stream()
                                .anyMatch(other -> other.getName().equals(method.getName()));
            }
        };
    }

    private ArchRule noLogging() {
        return noClasses()
                .that(are(product()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..");
    }

    private ArchRule consoles() {
        return noClasses()
                .that(are(product().and(not(resideInAnyPackage(in("cli"), in("bench"))))))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    }
}
