package coppice.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RulesTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("coppice");
    private static final JavaClasses SINNERS = new ClassFileImporter().importPackages("violating");

    @TestFactory
    Stream<DynamicTest> theProductKeepsTheRule() {
        return new Rules("coppice")
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(PRODUCT)));
    }

    @TestFactory
    Stream<DynamicTest> theRuleFindsTheSinners() {
        return new Rules("violating")
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThatThrownBy(() -> rule.getValue().check(SINNERS))
                                        .isInstanceOf(AssertionError.class)
                                        .hasMessageContaining("violating.")));
    }

    @Test
    void whatIsPutInOrderIsThere() {
        List<String> ordered = Stream.concat(
                        Rules.KERNEL.stream().map(name -> "coppice.kernel." + name),
                        Stream.concat(
                                Rules.ENGINE.stream().map(name -> "coppice.engine." + name),
                                Rules.STRUCTURE.stream().map(name -> "coppice.structure." + name)))
                .toList();
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName)).containsAll(ordered);
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName))
                .anyMatch(name -> name.startsWith("coppice.async"))
                .anyMatch(name -> name.startsWith("coppice.api"))
                .anyMatch(name -> name.startsWith("coppice.json"))
                .anyMatch(name -> name.startsWith("coppice.expression"))
                .anyMatch(name -> name.startsWith("coppice.schema"))
                .anyMatch(name -> name.startsWith("coppice.projection"))
                .anyMatch(name -> name.startsWith("coppice.vector"))
                .anyMatch(name -> name.startsWith("coppice.structure"))
                .anyMatch(name -> name.startsWith("coppice.kernel"))
                .anyMatch(name -> name.startsWith("coppice.engine"))
                .anyMatch(name -> name.startsWith("coppice.cli"));
    }
}
