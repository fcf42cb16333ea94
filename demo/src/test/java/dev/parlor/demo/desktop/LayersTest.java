package dev.parlor.demo.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The app uses Parlor as any other program does, and what it does can be tested without a window. */
@AnalyzeClasses(packages = "dev.parlor.demo", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule ONLY_THE_PUBLIC_API = noClasses().should().dependOnClassesThat().resideInAPackage("dev.parlor.internal..");

    @ArchTest
    static final ArchRule MODELS_HAVE_NO_WINDOWS = noClasses().that().resideInAnyPackage("..desktop.model", "..desktop.state")
            .should().dependOnClassesThat().resideInAnyPackage("javax.swing..", "java.awt..", "..desktop.view", "..desktop.net");

    @ArchTest
    static final ArchRule VIEWS_KNOW_NO_COMMAND_LINE = noClasses().that().resideInAPackage("..desktop.view")
            .should().dependOnClassesThat().resideInAnyPackage("dev.parlor.demo", "dev.parlor.demo.desktop", "picocli..");
}
