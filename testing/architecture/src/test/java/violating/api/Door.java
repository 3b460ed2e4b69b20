package violating.api;

import com.tngtech.archunit.core.domain.JavaClass;
import violating.engine.House;

/// An API that reaches up to the engine and to a library.
public record Door(House house, JavaClass library) {}
