package coppice.api.async;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method that answers without waiting and without reading, such as a name: an [AsyncTwin] has it as it is.
/// It holds for methods that override the marked one, too.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Immediate {}
