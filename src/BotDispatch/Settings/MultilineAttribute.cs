namespace BotDispatch.Settings;

/// <summary>The text of this setting may have several lines, as a template does.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MultilineAttribute : Attribute;
