using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Speech;

/// <summary>Registers the texts of calls, for the telephone and for the dialog's preview.</summary>
internal static class SpeechModule
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the services once, however often it is called.</summary>
        public IServiceCollection AddSpeech()
        {
            services.AddOptions<SpeechOptions>().BindSection("Speech").ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpeechOptions>, SpeechOptionsValidator>());
            services.TryAddSingleton<Speaker>();
            services.TryAddSingleton<ISpeechPreview>(provider => provider.GetRequiredService<Speaker>());
            return services;
        }
    }
}
