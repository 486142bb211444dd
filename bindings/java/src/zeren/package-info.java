/**
 * zeren (责任): responsibility systems of public bodies, over the shared library of that name. For Java 8 and later, by JNA 5.
 *
 * <p>What goes in and comes out is JSON text; use the JSON library that your application has. Every refusal is a
 * {@link zeren.ZerenException} with code, JSON pointer and findings. Everything that is {@link java.lang.AutoCloseable} must be
 * closed, best by try-with-resources: there is no finaliser, since the moment of its call would be nobody's choice.
 */
package zeren;
