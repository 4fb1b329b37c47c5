using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Messages to people: written as rows, sent by a job.</summary>
public static class NotificationsFeature
{
    /// <summary>Registers the outbox, its job and the transport: a mail server when <c>Smtp__Host</c> is set, else a folder.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection(SmtpOptions.Section))
            .PostConfigure(options => options.Folder ??= Path.Combine(DataFolder(configuration), "mail"))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>());
        services.AddSingleton<MailComposer>().AddSingleton<MailEnvelope>().AddSingleton<Outbox>().AddSingleton<Notices>();
        services.AddSingleton<SmtpMailTransport>().AddSingleton<FolderMailTransport>();
        services.AddSingleton<IMailTransport>(provider => string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<SmtpOptions>>().Value.Host)
            ? provider.GetRequiredService<FolderMailTransport>()
            : provider.GetRequiredService<SmtpMailTransport>());
        services.AddScoped<OutboxQueue>().AddScoped<OutboxWake>().AddScoped<SendEmailJob>();
        return services;
    }

    private static string DataFolder(IConfiguration configuration) =>
        configuration["Embedded:DataPath"] ?? (Environment.IsPrivilegedProcess
            ? "/var/lib/ringportal"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ringportal"));
}
